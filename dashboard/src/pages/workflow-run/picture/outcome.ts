/** How something ended or how far it is. Each has a color, a shape and a word. */
export type Outcome = 'waiting' | 'running' | 'succeeded' | 'failed' | 'stopped';
