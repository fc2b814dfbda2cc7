/**
 * What the contract of a backend tries each operation with: a class of random inputs for each,
 * named after it.
 *
 * <p>To have an operation tested on every backend, extend {@link
 * org.seqgan.testkit.operation.OperationProblems} here, as {@code LinearProblems} for {@code
 * Linear}; {@link org.seqgan.testkit.operation.OperationCatalog} finds it by that name, and fails
 * where an operation has none.
 */
@NullMarked
package org.seqgan.testkit.operation;

import org.jspecify.annotations.NullMarked;
