/** What is to happen in a run: the orders, what goes wrong with each, and who is killed when. All of it follows from the seed. */
package io.github.cameldaraja.examples.chaos.plan;
