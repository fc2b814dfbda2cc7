/**
 * A small layer over the HTTP server of the JDK, for the commands that answer on this machine:
 * {@link org.seqgan.cli.http.Server} binds and runs {@link org.seqgan.cli.http.Routes}, a {@link
 * org.seqgan.cli.http.Handler} makes an {@link org.seqgan.cli.http.Answer} of a {@link
 * org.seqgan.cli.http.Request}, a {@link org.seqgan.cli.http.Guard} refuses one before.
 */
@NullMarked
package org.seqgan.cli.http;

import org.jspecify.annotations.NullMarked;
