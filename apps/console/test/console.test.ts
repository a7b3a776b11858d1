import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../src/i18n/en.ts';
import { LANGUAGES } from '../src/i18n/language.ts';
import { reasonIn } from '../src/i18n/reasons.ts';
import { zh } from '../src/i18n/zh.ts';
import {
  complaintsOf,
  type Look,
  newContext,
  openBrowser,
  openShop,
  type Shop,
  violationsOf,
  visit,
} from './browser.ts';

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
const LOOKS: Look[] = [
  { ...WIDE, language: 'en', scheme: 'light' },
  { ...WIDE, language: 'zh', scheme: 'dark' },
  { ...NARROW, language: 'en', scheme: 'dark' },
  { ...NARROW, language: 'zh', scheme: 'light' },
];
const EN_WIDE = LOOKS[0] as Look;
const BUNDLE_LIMIT = 200_000;
const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

let shop: Shop;
let browser: Browser;
beforeAll(async () => {
  [shop, browser] = await Promise.all([openShop(), openBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
});

const ask = async <Answer>(path: string, init: RequestInit = {}): Promise<Answer> => {
  const headers = { authorization: `Bearer ${shop.ownerKey}`, 'content-type': 'application/json' };
  return (await (await fetch(`${shop.url}${path}`, { ...init, headers })).json()) as Answer;
};
const firstId = async (path: string): Promise<string> =>
  (await ask<{ items: { id: string }[] }>(path)).items[0]?.id ?? '';

/** An order that a plan found a way for, and that has no parcel yet. */
const plannedOrder = async (): Promise<string> => {
  const { items } = await ask<{ items: { id: string }[] }>('/v1/orders?limit=100&state=ready');
  for (const { id } of items) {
    const { mode } = await ask<{ mode?: string }>(`/v1/orders/${id}/plan`);
    const parcels = await ask<{ items: unknown[] }>(`/v1/parcels?orderId=${id}`);
    if (mode !== undefined && mode !== 'held' && parcels.items.length === 0) return id;
  }
  throw new Error('no order waits for despatch');
};

/** The placement of the sample shop, once a worker has made it. */
const madePlacement = async (): Promise<string> => {
  for (let tries = 0; tries < 120; tries += 1) {
    const { items } = await ask<{ items: { id: string; state: string }[] }>('/v1/placements');
    const done = items.find(({ state }) => state === 'done');
    if (done) return done.id;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('no placement was made');
};

const withPage = async (look: Look, work: (page: Page) => Promise<void>): Promise<void> => {
  const context = await newContext(browser, look);
  try {
    await work(await context.newPage());
  } finally {
    await context.close();
  }
};

describe.each(LOOKS)('the console at $width×$height in $language, $scheme', (look) => {
  it('shows every page without a complaint, without scrolling sideways, and for everybody', async () => {
    const paths = [
      '/',
      '/orders',
      `/orders/${await firstId('/v1/orders?limit=1&state=despatched')}`,
      '/plans',
      `/plans/${await firstId('/v1/plans?limit=1')}`,
      '/parcels',
      `/parcels/${await firstId('/v1/parcels?limit=1&state=delivered')}`,
      '/posts',
      `/posts/${await firstId('/v1/posts?limit=1')}`,
      `/posts/${(await ask<{ items: { id: string }[] }>('/v1/posts')).items.at(-1)?.id}`,
      '/stock',
      `/stock/${await madePlacement()}`,
      '/style',
      '/nowhere',
    ];
    await withPage(look, async (page) => {
      const complaints = complaintsOf(page);
      for (const path of paths) {
        await visit(page, `${shop.url}${path}`);
        expect(await page.locator('html').getAttribute('lang'), path).toMatch(look.language === 'zh' ? /^zh/ : /^en/);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
        expect(await violationsOf(page), path).toEqual([]);
        expect(complaints, path).toEqual([]);
      }
    });
  }, 240_000);
});

describe('the console', () => {
  it('takes the tour of the README: plan, decide, despatch, print, prove', async () => {
    await withPage(EN_WIDE, async (page) => {
      await visit(page, shop.url);
      await page.getByText('LAMP-SUNSET').first().waitFor();
      await page.getByRole('link', { name: en.app.plans }).click();
      await page.getByRole('button', { name: en.plans.create }).first().click();
      await page.waitForURL(/\/plans\/[0-9a-f-]+$/);
      await page.getByText(en.planState.done).first().waitFor();

      const order = await plannedOrder();
      await visit(page, `${shop.url}/orders/${order}`);
      await page.getByRole('button', { name: en.orders.despatch, exact: true }).click();
      await page.locator('a[href^="/parcels/"]').first().click();
      await page.waitForURL(/\/parcels\//);
      const label = await page.locator('a[href$="/papers/label"]').first().getAttribute('href');
      const answer = await page.request.get(`${shop.url}${label}`);
      expect(answer.headers()['content-type']).toBe('application/pdf');

      const delivered = await firstId('/v1/parcels?limit=1&state=delivered');
      await visit(page, `${shop.url}/parcels/${delivered}`);
      await page.getByRole('button', { name: en.proof.verify }).click();
      await page.getByText(en.proof.valid).waitFor();
      await page.getByRole('button', { name: en.proof.change }).click();
      await page.getByText(en.proof.invalid).waitFor();
    });
  }, 120_000);

  it('proposes stock within a budget, and says why in both languages', async () => {
    await withPage(EN_WIDE, async (page) => {
      await visit(page, `${shop.url}/stock`);
      const form = page.getByRole('form', { name: en.stock.create });
      await form.getByLabel(en.stock.budget).fill('twelve');
      await form.getByText(en.stock.budgetBad).waitFor();
      await form.getByLabel(en.stock.budget).fill('200');
      await form.getByLabel(en.stock.weeks).selectOption('26');
      await form.getByRole('button', { name: en.stock.create }).click();
      await page.waitForURL(/\/stock\/[0-9a-f-]+$/);
      await page.getByText(en.stock.gap, { exact: true }).waitFor({ timeout: 60_000 });
      const first = page.getByRole('table', { name: en.stock.proposals }).locator('details').first();
      await first.getByText(en.stock.why).click();
      await first.getByText(/against .* direct/).waitFor();
      await page.getByRole('button', { name: en.stock.markOrdered }).first().click();
      await page.getByRole('button', { name: en.stock.notOrdered }).waitFor();
    });
    const proposals = `/v1/placements/${await madePlacement()}/proposals?limit=200`;
    const { items } = await ask<{ items: { reason: string; quantity: number }[] }>(proposals);
    expect(items.some(({ quantity }) => quantity > 0)).toBe(true);
    expect(items.some(({ quantity }) => quantity === 0)).toBe(true);
    for (const part of items.flatMap(({ reason }) => reason.split('; '))) {
      expect(reasonIn('zh-CN', part), part).toMatch(/[\u4e00-\u9fff]/);
      expect(reasonIn('en', part)).toBe(part);
    }
  }, 120_000);

  it('changes by itself when something happens', async () => {
    await withPage(EN_WIDE, async (page) => {
      await visit(page, `${shop.url}/orders`);
      await page.getByText(en.app.live, { exact: true }).waitFor();
      const order = {
        shop: 'sample-shop',
        externalId: 'LIVE-1',
        placedAt: new Date().toISOString(),
        destination: { country: 'US', postalPrefix: '787' },
        currency: 'USD',
        lines: [{ sku: 'LAMP-SUNSET', quantity: 1, unitPrice: '20.00' }],
      };
      await ask('/v1/orders', { method: 'POST', body: JSON.stringify({ orders: [order] }) });
      await page.getByText('LIVE-1').first().waitFor({ timeout: 10_000 });
    });
  }, 60_000);

  it('asks for a key where nobody is let in, refuses a wrong one, and forgets it on the way out', async () => {
    const context = await newContext(browser, EN_WIDE);
    await context.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.7' });
    const page = await context.newPage();
    await page.goto(shop.url);
    const field = page.getByLabel(en.signIn.key);
    await field.fill('cp_wrong_key');
    await page.getByRole('button', { name: en.signIn.submit }).click();
    await page.getByRole('alert').first().waitFor();
    await field.fill(shop.ownerKey);
    await page.getByRole('button', { name: en.signIn.submit }).click();
    await page.getByRole('heading', { level: 1, name: en.today.title }).waitFor();
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await context.close();
  }, 60_000);

  it('speaks the language that somebody chose, also after a reload', async () => {
    await withPage(EN_WIDE, async (page) => {
      await visit(page, shop.url);
      await page.getByText(LANGUAGES['zh-CN']).click();
      await page.getByRole('heading', { level: 1, name: zh.today.title }).waitFor();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: zh.today.title }).waitFor();
    });
  }, 60_000);

  it('is light to load', async () => {
    const html = await readFile(`${DIST}index.html`, 'utf8');
    const entries = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file ?? '');
    expect(entries.length).toBeGreaterThan(0);
    const sizes = await Promise.all(entries.map(async (file) => gzipSync(await readFile(`${DIST}${file}`)).length));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUNDLE_LIMIT);
    expect((await readdir(`${DIST}assets`)).some((name) => name.endsWith('.map'))).toBe(false);
  });
});
