/** The processes of a run: the application, its database, and those who call them. */
package io.github.cameldaraja.examples.chaos.node;
