package org.seqgan.core.survey;

import org.seqgan.core.report.Markup;
import org.seqgan.core.report.Page;
import org.seqgan.core.report.chart.TuneFigure;

/**
 * Writes the page of a survey that judges fill in: one item at a time, with the question of the
 * paper's human test. It is one file that loads nothing, works from a folder, keeps its progress in
 * the browser where the browser allows that, and saves the answers as a file.
 *
 * <p>Nothing on the page says where an item is from.
 */
public final class SurveyPage {
  private final Survey survey;
  private final boolean hasTunes;
  private final Markup out = new Markup();

  private SurveyPage(Survey survey) {
    this.survey = survey;
    this.hasTunes = survey.items().stream().anyMatch(item -> item.shown().tune().isPresent());
  }

  /** The page as HTML. */
  public static String render(Survey survey) {
    return "<!DOCTYPE html>\n" + new SurveyPage(survey).page();
  }

  private String page() {
    out.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
    Page.head(out, "Written by a person?", Page.resource(SurveyPage.class, "survey.css"));
    out.open("body");
    out.open("main", "id", "survey", "data-survey", survey.id(), "data-format", AnswerSheet.FORMAT);
    out.leaf("h1", "Written by a person?");
    out.leaf("noscript", "This page needs JavaScript, which is switched off here.");
    introduction();
    items();
    end();
    out.close();
    if (hasTunes) {
      TuneFigure.player(out);
    }
    out.script(Page.resource(SurveyPage.class, "survey.js"));
    return out.close().close().finish();
  }

  private void introduction() {
    int count = survey.items().size();
    out.open("section", "id", "introduction");
    out.leaf(
        "p",
        "You will %s, one after the other. Some were written by people, the others by a program. For each, say whether you think that a person wrote it."
            .formatted(
                hasTunes
                    ? "see and hear %d short tunes".formatted(count)
                    : "read %d short pieces".formatted(count)));
    out.leaf(
        "p",
        "There is no time limit, and you can go back and change an answer. Please do not look anything up.");
    out.open("form", "id", "start");
    out.leaf("label", "Your name or a code", "for", "judge");
    out.empty("input", "id", "judge", "autocomplete", "off", "required", "required");
    out.leaf("button", "Begin", "id", "begin", "class", "strong").close();
    out.leaf("p", "", "id", "storage", "class", "quiet");
    out.leaf(
        "p",
        "Your answers stay in this browser until you save them as a file at the end.",
        "class",
        "quiet");
    out.close();
  }

  private void items() {
    out.open("section", "id", "items", "hidden", "hidden");
    out.leaf("h2", "", "id", "place", "tabindex", "-1");
    out.leaf("progress", "", "id", "progress", "aria-label", "answered", "value", "0");
    for (Survey.Item item : survey.items()) {
      out.open("article", "class", "item", "data-item", item.id(), "hidden", "hidden");
      item.shown()
          .tune()
          .ifPresentOrElse(
              tune -> TuneFigure.draw(out, tune, "A tune"),
              () -> out.leaf("pre", item.shown().text(), "dir", "auto"));
      out.close();
    }
    out.open("fieldset").leaf("legend", "Do you think a person wrote this?");
    choice("yes", "Yes, a person");
    choice("no", "No, a program");
    out.close();
    out.open("p", "class", "moves");
    out.leaf("button", "Back", "type", "button", "id", "back");
    out.leaf("button", "Next", "type", "button", "id", "forward");
    out.close().close();
  }

  private void choice(String id, String text) {
    out.leaf(
        "button", text, "type", "button", "id", id, "class", "choice", "aria-pressed", "false");
  }

  private void end() {
    out.open("section", "id", "end", "hidden", "hidden");
    out.leaf("h2", "Thank you", "id", "thanks", "tabindex", "-1");
    out.leaf("p", "", "id", "count");
    out.open("p", "class", "moves");
    out.leaf("button", "Back to the items", "type", "button", "id", "again");
    out.leaf("button", "Save my answers", "type", "button", "id", "save", "class", "strong");
    out.close();
    out.leaf("p", "", "id", "where", "role", "status");
    out.open("details").leaf("summary", "If no file was saved");
    out.leaf("label", "Copy this text, all of it, and send it as it is.", "for", "copy");
    out.leaf("textarea", "", "id", "copy", "readonly", "readonly", "rows", "6");
    out.close().close();
  }
}
