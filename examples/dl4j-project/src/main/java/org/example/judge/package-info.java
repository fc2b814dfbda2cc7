/** A network of DeepLearning4J, to be the discriminator of a text GAN. */
package org.example.judge;
