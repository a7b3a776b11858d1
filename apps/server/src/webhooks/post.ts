import { type LookupAddress, lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { hostOf, isInside } from './address.ts';

const TIMEOUT_MS = 10_000;

/** A name is looked up once, and what it leads to is judged before it is connected to: no second answer can slip in. */
const lookupOutside: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const inside = addresses?.some(({ address }) => isInside(address));
    const [first] = addresses ?? [];
    if (error || inside || !first) callback(error ?? new Error(`${host} leads into a private network`), '', 0);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/**
 * Posts a text and gives the status of the answer, whose body is not read; redirects are not followed. Unless
 * `allowInside`, addresses in private networks are refused.
 */
export const post = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  allowInside: boolean,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const host = hostOf(url);
    if (!allowInside && isIP(host) !== 0 && isInside(host)) {
      reject(new Error(`${host} lies in a private network`));
      return;
    }
    const request = (url.startsWith('https:') ? requestHttps : requestHttp)(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      agent: false,
      ...(allowInside ? {} : { lookup: lookupOutside }),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.end(body);
  });
