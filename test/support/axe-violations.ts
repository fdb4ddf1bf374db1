import axe from "axe-core";
import type { Frame, Page } from "playwright-core";

/** What of a page is looked at, by selectors; everything when nothing is said. */
export interface AxeScope {
  readonly include?: string | undefined;
  readonly exclude?: string | undefined;
  /** Only rules that have one of these tags of axe-core. */
  readonly tags?: readonly string[] | undefined;
}

/** A broken rule of accessibility and the elements that break it. */
export interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly target: readonly unknown[] }[];
}

type FrameContexts = ReturnType<typeof axe.utils.getFrameContexts>;

/** Where the page keeps axe-core once it has it. */
interface AxeScopeOfPage {
  readonly axe?: typeof axe;
}

/**
 * Runs axe-core over a page and all its frames, whatever their origin.
 *
 * A document gets the half megabyte of axe-core only once, however often it is looked at, and the results come together
 * in the page itself; both take far longer than the rules when a view is small.
 *
 * @returns the violations alone: axe-core spends no time on the details of what passed
 */
export async function axeViolations(page: Page, scope: AxeScope = {}): Promise<readonly AxeViolation[]> {
  const context: axe.FrameContextObject = {
    include: scope.include === undefined ? [] : [[scope.include]],
    exclude: scope.exclude === undefined ? [] : [[scope.exclude]],
  };
  const options: axe.RunOptions = {
    resultTypes: ["violations"],
    ...(scope.tags === undefined ? {} : { runOnly: { type: "tag", values: [...scope.tags] } }),
  };
  const partials = await partialsOf(page.mainFrame(), context, options);
  return page.evaluate(
    async ({ parts, options: wanted }) => {
      const { axe: core } = globalThis as AxeScopeOfPage;
      if (core === undefined) throw new Error("the page went elsewhere while it was looked at");
      const { violations } = await core.finishRun(
        parts.map((part) => JSON.parse(part)),
        wanted,
      );
      return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, target }) => ({ html, target })) }));
    },
    { parts: partials, options },
  );
}

/** Results of a frame and of those in it, each as JSON, in the order that axe-core wants them. */
async function partialsOf(
  frame: Frame,
  context: axe.FrameContextObject,
  options: axe.RunOptions,
): Promise<readonly string[]> {
  await bring(frame);
  const inner = await frame.evaluate(
    (wanted) => (globalThis as AxeScopeOfPage).axe?.utils.getFrameContexts(wanted) as FrameContexts,
    context,
  );
  const own = await frame.evaluate(
    async (wanted) =>
      JSON.stringify(await (globalThis as AxeScopeOfPage).axe?.runPartial(wanted.context, wanted.options)),
    { context, options },
  );
  const partials = [own];
  for (const { frameSelector, frameContext } of inner) {
    const handle = await frame.evaluateHandle(
      (selector) => (globalThis as AxeScopeOfPage).axe?.utils.shadowSelect(selector),
      frameSelector,
    );
    const child = await handle.asElement()?.contentFrame();
    if (!child) throw new Error(`no frame at ${JSON.stringify(frameSelector)}`);
    partials.push(...(await partialsOf(child, frameContext, options)));
  }
  return partials;
}

/** Puts axe-core into a document that has none yet. */
async function bring(frame: Frame): Promise<void> {
  const there = await frame.evaluate(() => (globalThis as AxeScopeOfPage).axe !== undefined);
  if (!there) await frame.evaluate(axe.source);
}
