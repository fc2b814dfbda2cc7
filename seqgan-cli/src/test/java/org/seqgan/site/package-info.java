/**
 * The pages of the documentation, their links, and the site that the build makes of them. Nothing
 * of it is shipped: {@code mvn -Psite} calls {@link org.seqgan.site.DocumentationSite}.
 */
@NullMarked
package org.seqgan.site;

import org.jspecify.annotations.NullMarked;
