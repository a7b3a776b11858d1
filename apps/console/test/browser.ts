import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium as driver, type Page } from 'playwright-core';

const BIN = fileURLToPath(new URL('../../../bin/crossparcel.js', import.meta.url));

/** The sample shop as `start` serves it, in a process of its own. */
export interface Shop {
  readonly url: string;
  readonly ownerKey: string;
  stop(): Promise<void>;
}

export const openShop = async (): Promise<Shop> => {
  const folder = await mkdtemp(join(tmpdir(), 'crossparcel-console-'));
  const child = spawn(process.execPath, [BIN, 'start', '--data', folder, '--port', '0'], {
    env: { ...process.env, CROSSPARCEL_LOG: 'warn' },
  });
  const url = await addressOf(child);
  return {
    url,
    ownerKey: (await readFile(join(folder, 'owner.key'), 'utf8')).trim(),
    stop: async () => {
      const ended = new Promise((resolve) => child.on('close', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString('utf8');
      const url = /Crossparcel is at (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.on('close', () => reject(new Error(`it ended: ${said}`)));
  });

/** Made for machines that run one page and end; here pages come and go. */
const NOT_WANTED = new Set(['--single-process', '--no-zygote']);

/** A real Chromium. */
export const openBrowser = async (): Promise<Browser> =>
  driver.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((argument) => !NOT_WANTED.has(argument)),
    headless: true,
  });

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly language: 'en' | 'zh';
  readonly scheme: 'light' | 'dark';
}

export const newContext = (browser: Browser, { width, height, language, scheme }: Look): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width, height },
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: scheme,
  });

/** Everything that a page complains of, as it comes. */
export const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
};

/** Opens a page, and waits until what it asked for is there. */
export const visit = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
};

let axeSource: string | undefined;

/** Serious and critical violations that axe finds. */
export const violationsOf = async (page: Page): Promise<string[]> => {
  axeSource ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  });
};
