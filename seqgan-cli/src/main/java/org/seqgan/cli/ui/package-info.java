/**
 * The server of {@code seqgan ui}: {@link org.seqgan.cli.ui.UiServer} answers the page, whose files
 * are resources beside these classes, with what {@link org.seqgan.core.workbench.Workbench} finds.
 */
@NullMarked
package org.seqgan.cli.ui;

import org.jspecify.annotations.NullMarked;
