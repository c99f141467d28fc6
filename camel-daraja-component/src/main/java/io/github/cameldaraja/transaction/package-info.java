/** The life of a payment: its states, the one door that changes them, where they are kept, and who is told. */
package io.github.cameldaraja.transaction;
