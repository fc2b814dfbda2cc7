/**
 * Many runs at once, to look at: {@link org.seqgan.core.workbench.Workbench} finds the runs, the
 * matrices and the surveys below some folders and says how each stands; beside it are the curves of
 * runs, what their configurations differ in, and the plane of quality and diversity. There is no
 * database: what is in the folders is read, and remembered while the files stay as they are.
 * Nothing here changes a run but its tags.
 */
@NullMarked
package org.seqgan.core.workbench;

import org.jspecify.annotations.NullMarked;
