/** The task "dna": sequences of the letters A, C, G and T, read from FASTA. */
package org.example.dna;
