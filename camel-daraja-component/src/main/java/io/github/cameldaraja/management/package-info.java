/** What operators look at. */
package io.github.cameldaraja.management;
