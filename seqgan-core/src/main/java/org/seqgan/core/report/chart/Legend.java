package org.seqgan.core.report.chart;

import java.util.List;
import java.util.Map;
import org.seqgan.core.report.Markup;

/** Says beside charts what is what in them. */
public final class Legend {
  private Legend() {}

  /** Which line of a chart is which. */
  public static void lines(Markup out, List<Curve> curves) {
    out.open("ul", "class", "legend");
    for (Curve curve : curves) {
      out.open("li").open("svg", "viewBox", "0 0 28 10", "aria-hidden", "true");
      out.empty("path", "class", "curve " + curve.cssClass(), "d", "M2,5L26,5");
      if (curve.style().round() > 0) {
        Canvas.mark(out, curve.style(), new Clip.Place(14, 5), 3, "mark " + curve.cssClass(), "");
      }
      out.close();
      out.text(curve.name() + (curve.isMeasured() ? "" : " (not measured)")).close();
    }
    out.close();
  }

  /** Which dots are which: name to how they look. */
  public static void dots(Markup out, Map<String, Style> styles) {
    out.open("ul", "class", "legend");
    styles.forEach(
        (name, style) -> {
          out.open("li").open("svg", "viewBox", "0 0 28 10", "aria-hidden", "true");
          Canvas.mark(out, style, new Clip.Place(14, 5), 4, "mark " + style.cssClass(), "");
          out.close();
          out.text(name).close();
        });
    out.close();
  }
}
