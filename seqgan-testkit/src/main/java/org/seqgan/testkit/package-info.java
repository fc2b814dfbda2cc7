/**
 * Contract tests for authors of plugins. Extend the one of your kind in your own tests and
 * implement its abstract methods; every test of the contract then runs on your plugin:
 *
 * <ul>
 *   <li>{@link org.seqgan.testkit.BackendContract} for a tensor backend;
 *   <li>{@link org.seqgan.testkit.GeneratorContract} and {@link
 *       org.seqgan.testkit.DiscriminatorContract} for models;
 *   <li>{@link org.seqgan.testkit.RewardContract} for a reward and {@link
 *       org.seqgan.testkit.MetricContract} for a metric;
 *   <li>{@link org.seqgan.testkit.TrainerContract} for a trainer;
 *   <li>{@link org.seqgan.testkit.TaskContract} for a task, with {@link
 *       org.seqgan.testkit.DataContext} to open it in;
 *   <li>{@link org.seqgan.testkit.RunListenerContract} for a listener to runs;
 *   <li>{@link org.seqgan.testkit.ReaderContract} for whatever reads files of strangers, with
 *       {@link org.seqgan.testkit.FuzzingContract} to look for those that it does not stand.
 * </ul>
 *
 * <p>A subclass says how to make the plugin, in a few lines, and what the plugin lacks, if
 * anything; what is lacking must be lacking. Models are checked at parameters that the contract
 * draws from N(0, 1), where a wrong one shows: that tokens are drawn as often as their
 * log-probabilities say after every prefix, and that a step follows the gradient of the loss, by
 * every array.
 *
 * <p>What a model asks of a backend is counted ({@link org.seqgan.testkit.CountingBackend}): a
 * training step reads nothing back, sequences are uploaded once, tokens are read once, and from the
 * third step on nothing new is allocated. A model that does otherwise says so.
 *
 * <p>Random tests take their numbers from {@link org.seqgan.api.random.RandomStream} and name the
 * seed when they fail. It is 1, so that a contract is the same test every time; {@code
 * -Dseqgan.contract.seed=N} makes it another. What compares frequencies fails a right plugin once
 * in a thousand million seeds.
 *
 * <p>{@link org.seqgan.testkit.ContractRun} is for tests of contracts themselves.
 */
@NullMarked
package org.seqgan.testkit;

import org.jspecify.annotations.NullMarked;
