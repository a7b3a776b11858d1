import { type AnyRoute, routes } from '@crossparcel/api';

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const row = (route: AnyRoute): string =>
  `<tr><td><code>${route.method}</code></td><td><code>${escapeHtml(route.path)}</code></td><td>${escapeHtml(route.summary)}</td><td>${
    route.scope === 'public' ? 'no key' : `<code>${route.scope}</code>`
  }</td></tr>`;

/** A page that lists the routes; the whole truth is in the OpenAPI document. */
export const docsPage = (): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Crossparcel API</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1c2024; background: #fff }
  table { border-collapse: collapse; width: 100% }
  td, th { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top }
  @media (prefers-color-scheme: dark) { body { color: #e6e8ea; background: #14171a } td, th { border-color: #333 } a { color: #8ab4f8 } }
</style>
<h1>Crossparcel API</h1>
<p>Send an API key as <code>Authorization: Bearer …</code>. Problems come as RFC 9457. Every POST takes an
<code>Idempotency-Key</code>. Schemas: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<table><thead><tr><th>Method<th>Path<th>What it does<th>Scope</tr></thead><tbody>
${Object.values(routes)
  .map((route) => row(route as unknown as AnyRoute))
  .join('\n')}
</tbody></table>
</html>
`;
