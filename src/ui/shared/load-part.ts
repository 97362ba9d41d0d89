// Fetches a part of the page that is in a file of its own. Every dynamic import goes through here, so that none fails unseen.

/** A style sheet that did not come stays in the page, empty, and is never asked for again: a new element asks. */
function askAgainForStyles(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    if (link.sheet !== null) continue;
    const again = document.createElement('link');
    again.rel = 'stylesheet';
    again.href = link.href;
    link.replaceWith(again);
  }
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** A short interruption is over by the second attempt. Fails as the import does. */
export async function loadPart<Module>(load: () => Promise<Module>, pause = 400): Promise<Module> {
  try {
    return await load();
  } catch {
    await wait(pause);
    askAgainForStyles();
    return load();
  }
}
