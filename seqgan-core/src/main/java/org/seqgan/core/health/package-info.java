/**
 * Whether training is going well: {@link org.seqgan.core.health.VitalSigns} measures, {@link
 * org.seqgan.core.health.Symptoms} judges what was measured, {@link
 * org.seqgan.core.health.HealthWatch} warns. All of it goes by figures alone, so it is the same for
 * every method of training, and docs/training-health.md gives the reason of every threshold.
 */
@NullMarked
package org.seqgan.core.health;

import org.jspecify.annotations.NullMarked;
