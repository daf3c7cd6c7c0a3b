/** An endpoint that does not say how many attempts may begin in one second gets at most this many. */
export const usualPerSecond = 10;

/** No endpoint may say more. */
export const mostPerSecond = 50;
