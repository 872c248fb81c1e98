// people.mjs - Chromium, and people who sign in to a host with it.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

export const desk = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

/** The page of somebody who has signed in, in a browser of his own; `how` as Playwright's contexts take it. */
export async function signedIn(browser, host, user, { locale = 'de-AT', viewport = desk, ...how } = {}) {
  const context = await browser.newContext({ viewport, locale, javaScriptEnabled: false, ...how });
  const page = await context.newPage();
  page.on('pageerror', (error) => assert.fail(`script error: ${error}`));
  await page.goto(`${host.url}/`);
  // The language is kept with the user; chosen at the sign-in it is the user's from then on.
  await page.getByRole('link', { name: locale.startsWith('de') ? 'Deutsch' : 'English' }).click();
  await page.fill('input[name=user]', user);
  await page.fill('input[name=password]', 'demo');
  await page.click('button[type=submit]');
  await page.waitForURL(/screens/);
  return page;
}
