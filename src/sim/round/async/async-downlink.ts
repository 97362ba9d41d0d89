// How the model comes down in asynchronous learning: encoded once a version, sent past the nodes that hold that version already.

import type { Carried } from '../../compression/carry.ts';
import { watched } from '../../engine/watch.ts';
import type { DeviceNode } from '../../fleet/topology.ts';
import type { Kept } from '../../model/masks.ts';
import { transfer } from '../../network/link.ts';
import { CLOUD, Courier } from '../courier.ts';
import type { RoundInput } from '../round-input.ts';
import { above } from './above.ts';
import type { Accounts } from './accounts.ts';
import type { AsyncState } from './async-state.ts';

export class AsyncDownlink {
  readonly #input: RoundInput;
  readonly #state: AsyncState;
  readonly #accounts: Accounts;
  readonly #courier: Courier;
  #served: { readonly version: number; readonly message: Carried } | null = null;

  constructor(input: RoundInput, state: AsyncState, accounts: Accounts) {
    this.#input = input;
    this.#state = state;
    this.#accounts = accounts;
    const { model, receivers, mask, rng } = input;
    const own = rng.split('down', 'window', input.round);
    this.#courier = new Courier({ down: input.experiment.compression.down, model, receivers, mask, rng: own });
  }

  /** The present model as it leaves the cloud. */
  message(weights: Float32Array): Carried {
    const { rng } = this.#input;
    const { version } = this.#state;
    if (this.#served?.version !== version) {
      this.#served = { version, message: this.#courier.pack(weights, rng.split('down', version)) };
    }
    return this.#served.message;
  }

  /** What of a message one device gets. @param kept the part of the model that it trains; all if left out */
  deliver(message: Carried, device: string, kept: Kept | undefined): Carried {
    return this.#courier.deliver(message, CLOUD, device, kept);
  }

  /** The model's way down to a device's gateway; returns when it is there. A cache keeps a version that has come by. */
  toGatewayOf(device: DeviceNode, sent: Carried, now: number): number {
    const { held, version } = this.#state;
    let ready = now;
    for (const node of above(this.#input.topology, device).reverse()) {
      const has = held.get(node.id);
      if (this.#input.experiment.network.cache && has?.version === version) {
        ready = Math.max(now, has.at);
        continue;
      }
      watched(this.#input, { node: node.id, direction: 'down' }, sent);
      ready += transfer(sent.size, node.figures, 'down').time;
      const columns = this.#accounts.upper(node);
      const row = this.#accounts.row(node.id);
      columns.bytesDown[row] += sent.size;
      columns.bytesDownRaw[row] += sent.rawSize;
      held.set(node.id, { version, at: ready });
    }
    return ready;
  }
}
