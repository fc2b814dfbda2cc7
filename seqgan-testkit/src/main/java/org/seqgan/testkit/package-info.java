/**
 * Contract tests for authors of plugins. Extend the one of your kind in your own tests and
 * implement its abstract methods; every test of the contract then runs on your plugin:
 *
 * <ul>
 *   <li>{@link org.seqgan.testkit.BackendContract} for a tensor backend;
 *   <li>{@link org.seqgan.testkit.GeneratorContract} and {@link
 *       org.seqgan.testkit.DiscriminatorContract} for models;
 *   <li>{@link org.seqgan.testkit.TaskContract} for a task, with {@link
 *       org.seqgan.testkit.DataContext} to open it in;
 *   <li>{@link org.seqgan.testkit.ReaderContract} for whatever reads files of strangers, with {@link
 *       org.seqgan.testkit.FuzzingContract} to look for those that it does not stand.
 * </ul>
 *
 * <p>Random tests take their numbers from {@link org.seqgan.api.random.RandomStream} and name the
 * seed when they fail.
 */
@NullMarked
package org.seqgan.testkit;

import org.jspecify.annotations.NullMarked;
