const channelName = 'workflows.sign-in';
/** The window's page is loaded long before this. The person then takes as long as they like. */
const answerMs = 3_000;

/** A window hands the page that opened it the person who signed in there, as the library stores a person. */
interface Offer {
  readonly window: string;
  readonly user: string;
}

/**
 * Takes the person who signs in in a window that this page opened. The two cannot reach each other as windows, because the
 * page insists on a window group of its own; a channel of their origin connects them.
 *
 * @param wanted the id of the window, undefined while none is waited for
 */
export function takeOffers(wanted: () => string | undefined, take: (user: string) => void): void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const offer = offerIn(data);
    if (offer === undefined || offer.window !== wanted()) return;
    channel.postMessage({ taken: offer.window });
    take(offer.user);
  });
}

/** Resolves to false if no page takes the person, because the one that asked has been closed. */
export async function offer(window: string, user: string): Promise<boolean> {
  const channel = new BroadcastChannel(channelName);
  try {
    return await new Promise<boolean>((done) => {
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (memberOf(data, 'taken') === window) done(true);
      });
      channel.postMessage({ window, user });
      setTimeout(() => done(false), answerMs);
    });
  } finally {
    channel.close();
  }
}

function offerIn(data: unknown): Offer | undefined {
  const window = memberOf(data, 'window');
  const user = memberOf(data, 'user');
  return typeof window === 'string' && typeof user === 'string' ? { window, user } : undefined;
}

function memberOf(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
}
