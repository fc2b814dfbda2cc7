package org.seqgan.core.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Looks into a report, which is well-formed XML. */
public final class ReportPage {
  private ReportPage() {}

  public static Document parse(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(page.getBytes(UTF_8)));
  }

  public static List<Element> elements(Document page, String tag, String cssClass) {
    NodeList nodes = page.getElementsByTagName(tag);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element
          && List.of(element.getAttribute("class").split(" ")).contains(cssClass)) {
        found.add(element);
      }
    }
    return found;
  }

  public static List<Element> inside(Document page, String chart, String tag, String cssClass) {
    return elements(page, tag, cssClass).stream()
        .filter(
            element ->
                element.getParentNode() instanceof Element parent
                    && parent.getAttribute("class").equals("chart " + chart))
        .toList();
  }
}
