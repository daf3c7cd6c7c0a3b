import { html, type Html } from '../pages/html';
import { page, type Page } from '../pages/page';
import { demoPassword, type DemoUser } from './demo-users';

export interface SignInPage {
  readonly users: readonly DemoUser[];
  /** Origins to which the user returns after signing in. */
  readonly returnTo: readonly string[];
  /** E-mail of the last attempt, if its password was wrong. */
  readonly refused?: string | undefined;
}

/** The sign-in page. Its forms post to the page's own address. */
export function signInPage({ users, returnTo, refused }: SignInPage): Page {
  const groups = [...new Set(users.map(({ group }) => group))];
  return page(
    'Sign in',
    html`<main class="narrow">
      <h1>Sign in</h1>
      <p class="muted">This local page replaces the sign-in service. Click a user to sign in.</p>
      ${groups.map((group) => userGroup(group, users))}
      <h2>With a password</h2>
      <form method="post" class="card fields">
        ${refused === undefined ? html`` : html`<strong class="bad" role="alert">The password is wrong.</strong>`}
        <label>
          E-mail
          <input
            name="email"
            type="email"
            required
            autocomplete="username"
            value="${refused ?? users[0]?.email ?? ''}"
          />
        </label>
        <label>
          Password
          <input name="password" type="password" required autocomplete="off" value="${demoPassword}" />
        </label>
        <button>Sign in</button>
      </form>
      <p class="muted">
        This password works for every e-mail address. To sign in with another address, first make it a member of a
        tenant with <code>npm run operator -- members add --local</code>.
      </p>
    </main>`,
    undefined,
    returnTo,
  );
}

function userGroup(group: string, users: readonly DemoUser[]): Html {
  return html`<h2>${group}</h2>
    ${users.filter((user) => user.group === group).map(userButton)}`;
}

function userButton({ email, note }: DemoUser): Html {
  return html`<form method="post">
    <input type="hidden" name="password" value="${demoPassword}" />
    <button class="choice" name="email" value="${email}">
      <strong class="grow">${email}</strong>
      <span class="muted">${note}</span>
    </button>
  </form>`;
}
