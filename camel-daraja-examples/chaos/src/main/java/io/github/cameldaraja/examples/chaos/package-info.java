/** The chaos run: real processes, seeded faults, kills, and in the end the audit of the books. */
package io.github.cameldaraja.examples.chaos;
