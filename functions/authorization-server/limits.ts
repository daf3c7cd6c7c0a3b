/** Time in which a person decides on what an app asks for. */
export const requestMinutes = 10;
/** OAuth 2.1, section 7.5.3, recommends 10 minutes at most; an app exchanges its code at once. */
export const codeSeconds = 60;
export const accessTokenSeconds = 3_600;
/** No refresh token outlives its app, which may last as long as this. */
export const refreshTokenDays = 365;

/** A request is stored while it waits for a person, and anybody may ask: this bounds the row. Clients send about 600. */
export const maxQueryCharacters = 4_000;
/** So many requests does one function instance store in a minute, whoever asks. */
export const maxRequestsPerMinute = 300;

/** A registration is the largest body that a client has to send. */
export const maxFormBytes = 32 * 1024;
export const maxRedirectUris = 10;
export const maxRedirectUriCharacters = 500;
export const maxNameCharacters = 80;
/** A client's id travels in an address, and API Gateway takes 10 KB of address and headers together. */
export const maxClientIdCharacters = 2_000;

/** Of a client's metadata document. The draft recommends to read at most 5 KB; a few clients list many addresses. */
export const documentLimits = { totalMs: 5_000, maxBytes: 16 * 1024 };
/** So many documents does one function instance fetch in a minute, whoever names them. */
export const maxFetchesPerMinute = 60;
/**
 * The outcome of a fetch is kept for this long, a failure too: the library asks again while it answers one request, and a
 * stranger may ask as often as they like.
 */
export const outcomeSeconds = 30;
/** The library keeps a good document for as long as its host says, within these bounds. */
export const documentSeconds = { min: 300, max: 86_400 };
