/** The audit of the books. It shares nothing with the component: its own SQL, and Safaricom's books. */
package io.github.cameldaraja.examples.chaos.audit;
