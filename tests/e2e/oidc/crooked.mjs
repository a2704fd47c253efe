// A provider that signs whatever it is told to: `next` is what the token endpoint answers with.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';

import { client_id } from './zone.mjs';

export class Crooked {
  asked = []; // bodies and credentials of the token endpoint
  metadata = {};
  shown = 0; // times the keys were asked for
  set = undefined; // what is answered instead of them, as text

  async open(port) {
    this.issuer = `http://127.0.0.1:${port}`;
    this.rsa = await generateKeyPair('RS256', { extractable: true });
    this.ec = await generateKeyPair('ES256', { extractable: true });
    this.pss = await importJWK({ ...(await exportJWK(this.rsa.privateKey)), alg: 'PS256' });
    this.stranger = await generateKeyPair('RS256', { extractable: true });
    this.keys = [
      { ...(await exportJWK(this.rsa.publicKey)), kid: 'rsa', use: 'sig', alg: 'RS256' },
      { ...(await exportJWK(this.ec.publicKey)), kid: 'ec', use: 'sig', alg: 'ES256' },
    ];
    this.server = createServer((request, answer) => void this.#serve(request, answer)).listen(port, '127.0.0.1');
  }

  close() {
    return new Promise((done) => {
      this.server.closeAllConnections();
      this.server.close(done);
    });
  }

  async #serve(request, answer) {
    const json = (status, body) => answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration')
      return json(200, { issuer: this.issuer, authorization_endpoint: `${this.issuer}/auth`, token_endpoint: `${this.issuer}/token`, jwks_uri: `${this.issuer}/jwks`, ...this.metadata });
    if (request.url === '/jwks') {
      this.shown += 1;
      return this.set === undefined ? json(200, { keys: this.keys }) : answer.writeHead(200).end(this.set);
    }
    let body = '';
    for await (const part of request) body += part;
    this.asked.push({ form: new URLSearchParams(body), authorization: request.headers.authorization });
    const made = await this.next();
    return typeof made === 'string' ? json(200, { id_token: made, token_type: 'Bearer', access_token: 'x' }) : json(made.status, made.body);
  }

  claims(nonce, more = {}) {
    const now = Math.floor(Date.now() / 1000);
    const all = { iss: this.issuer, aud: client_id, sub: 'u1', preferred_username: 'a_duty_officer', nonce, iat: now, exp: now + 300, ...more };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  }
  sign(claims, { key = this.rsa.privateKey, alg = 'RS256', kid = 'rsa', header = {} } = {}) {
    return new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(key);
  }
  unsigned(claims) {
    return new UnsecuredJWT(claims).encode();
  }
}
