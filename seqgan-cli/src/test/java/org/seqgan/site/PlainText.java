package org.seqgan.site;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** What a reader sees of a part of a page, in one line and without marks. */
final class PlainText extends AbstractVisitor {
  private final StringBuilder text = new StringBuilder();

  private PlainText() {}

  static String of(Node node) {
    PlainText visitor = new PlainText();
    node.accept(visitor);
    return visitor.text.toString().replaceAll("\\s+", " ").strip();
  }

  @Override
  public void visit(Text words) {
    text.append(words.getLiteral());
  }

  @Override
  public void visit(Code code) {
    text.append(code.getLiteral());
  }

  @Override
  public void visit(FencedCodeBlock block) {
    text.append(' ').append(block.getLiteral()).append(' ');
  }

  @Override
  public void visit(SoftLineBreak lineBreak) {
    text.append(' ');
  }

  @Override
  public void visit(HardLineBreak lineBreak) {
    text.append(' ');
  }

  @Override
  public void visit(Paragraph paragraph) {
    visitChildren(paragraph);
    text.append(' ');
  }

  @Override
  public void visit(Heading heading) {
    visitChildren(heading);
    text.append(' ');
  }

  /** Cells of tables. */
  @Override
  public void visit(CustomNode cell) {
    visitChildren(cell);
    text.append(' ');
  }
}
