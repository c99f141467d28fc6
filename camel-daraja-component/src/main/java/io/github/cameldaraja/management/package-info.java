/** What people who run payments see and do. */
package io.github.cameldaraja.management;
