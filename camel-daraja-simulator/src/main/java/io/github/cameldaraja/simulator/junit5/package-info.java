/** The simulator in JUnit 5 tests. */
package io.github.cameldaraja.simulator.junit5;
