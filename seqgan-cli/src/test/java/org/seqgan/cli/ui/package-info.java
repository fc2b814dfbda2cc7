/** Tests of the server of the workbench: what the page is told, and who is told nothing. */
@NullMarked
package org.seqgan.cli.ui;

import org.jspecify.annotations.NullMarked;
