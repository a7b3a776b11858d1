import { fileURLToPath } from 'node:url';
import { type Look, newContext, openBrowser, openShop, visit } from './browser.ts';

const DOCS = fileURLToPath(new URL('../../../docs/', import.meta.url));
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

// Takes the pictures that the documents show: node apps/console/test/screenshots.ts
const shop = await openShop();
const browser = await openBrowser();
const idOf = async (path: string): Promise<string> => {
  const headers = { authorization: `Bearer ${shop.ownerKey}` };
  const { items } = (await (await fetch(`${shop.url}${path}`, { headers })).json()) as { items: { id: string }[] };
  return items[0]?.id ?? '';
};
const parcel = await idOf('/v1/parcels?limit=1&state=in-customs');
const order = await idOf('/v1/orders?limit=1&state=despatched');
const placement = await idOf('/v1/placements?limit=1');
const plan = await idOf('/v1/plans?limit=1');
const pictures: [string, string, Look][] = [
  ['console-today', '/', { ...WIDE, language: 'en', scheme: 'light' }],
  ['console-order', `/orders/${order}`, { ...WIDE, language: 'en', scheme: 'light' }],
  ['console-plan', `/plans/${plan}`, { ...WIDE, language: 'en', scheme: 'dark' }],
  ['console-stock', `/stock/${placement}`, { ...WIDE, language: 'en', scheme: 'light' }],
  ['console-parcel', `/parcels/${parcel}`, { ...WIDE, language: 'zh', scheme: 'light' }],
  ['console-today-narrow', '/', { ...NARROW, language: 'zh', scheme: 'dark' }],
  ['console-parcel-narrow', `/parcels/${parcel}`, { ...NARROW, language: 'en', scheme: 'light' }],
];
for (const [name, path, look] of pictures) {
  const context = await newContext(browser, look);
  const page = await context.newPage();
  await visit(page, `${shop.url}${path}`);
  await page.waitForTimeout(800);
  await page.screenshot({ path: `${DOCS}${name}.png` });
  await context.close();
}
await browser.close();
await shop.stop();
