/** The trainer "learned-baseline": policy gradient without a discriminator. */
package org.example.baseline;
