/** Where every webhook endpoint of a simulation is. The guard lets it pass as the inbox of the local run. */
export const inboxOrigin = 'http://127.0.0.1:4100';

/** Who vouches for the members of a simulation. */
export const issuer = 'https://issuer.example';
