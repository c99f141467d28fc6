/** Payments in a database: each method of the repository is one transaction of its own, and constraints decide who was first. */
package io.github.cameldaraja.transaction.jdbc;
