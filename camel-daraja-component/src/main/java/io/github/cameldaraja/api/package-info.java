/**
 * What Daraja says and wants to hear: one file per API with its request, its answer, its callback, its result codes and
 * the reading of each. Knows nothing of Camel, accounts or HTTP.
 */
package io.github.cameldaraja.api;
