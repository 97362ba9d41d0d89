// Lets the worker handle the messages that wait, between two rounds or two slices of long work.

/** Resolves in the next task of the event loop. Uses a message, because browsers delay nested timers by at least 4 ms. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
