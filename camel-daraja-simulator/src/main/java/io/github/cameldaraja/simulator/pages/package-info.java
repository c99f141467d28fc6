/**
 * Internal: the pages for people.
 */
package io.github.cameldaraja.simulator.pages;
