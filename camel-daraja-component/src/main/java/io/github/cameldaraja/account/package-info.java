/** Who we are to Safaricom: settings, named accounts, secrets, and the keys of the capability URLs. */
package io.github.cameldaraja.account;
