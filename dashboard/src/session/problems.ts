import { ApiError, type Problem } from '../api/api-error';

/** The API was not asked, because there is no token that it would take and the issuer gives no new one. */
export class SessionEnded extends ApiError {
  constructor() {
    super(
      problem(
        'unauthenticated',
        'Your session has ended',
        'Sign in again to go on. What you typed on this page is still here.',
      ),
    );
  }
}

export function signInUnreachable(): ApiError {
  return new ApiError(
    problem(
      'unreachable',
      'Sign-in service not reached',
      'The sign-in service cannot be reached. Check the connection and try again.',
    ),
  );
}

/** @param reason in the words of the issuer or of the library that talks to it */
export function signInRefused(reason: string): ApiError {
  return new ApiError(
    problem(
      'unauthenticated',
      'Sign-in refused',
      `The sign-in service refused the sign-in. It says: “${reason}”. Try again, or ask whoever invited you.`,
    ),
  );
}

/** @param reason in the words of the issuer or of the library that talks to it */
export function signInFailed(reason: string): ApiError {
  return new ApiError(
    problem(
      'unauthenticated',
      'Sign-in failed',
      `The sign-in could not be completed. The reason given is: “${reason}”. ` +
        'Try again. If it fails again, send this reason to whoever runs this dashboard.',
    ),
  );
}

/** @param reason what is wrong with them */
export function settingsMissing(reason: string): ApiError {
  return new ApiError(
    problem(
      'unreachable',
      'Settings not loaded',
      `The dashboard cannot read its settings: ${reason}. Check the connection and try again. If it goes on, tell whoever ` +
        'runs this dashboard.',
    ),
  );
}

export function storageBlocked(): ApiError {
  return new ApiError(
    problem(
      'unreachable',
      'Storage is blocked',
      'Your browser blocks storage for this site, and without it nobody can stay signed in. ' +
        'Allow cookies and site data for this site in the browser’s settings, and try again.',
    ),
  );
}

/** The tokens of the tab are gone, but the issuer, which cannot be reached, may still know the person. */
export class SignedOutHereOnly extends ApiError {
  constructor() {
    super(
      problem(
        'unreachable',
        'You are signed out of this tab only',
        'The sign-in service cannot be reached, so it may still know you: whoever opens the dashboard in this browser ' +
          'could be signed in as you. Sign in and out again when the connection is back.',
      ),
    );
  }
}

function problem(code: Problem['code'], title: string, detail: string): Problem {
  return { title, detail, code, status: 0, request_id: null, errors: [] };
}
