/**
 * Talking out: access tokens, the transport through Camel HTTP, the pace of questions, and what an answer that is no success
 * means. Nothing here knows payments, routes or callbacks.
 */
package io.github.cameldaraja.gateway;
