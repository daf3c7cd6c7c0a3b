import { html, type Html } from '../pages/html';
import { page, type Page } from '../pages/page';
import { demoPassword, type DemoUser } from './demo-users';

export interface SignInPage {
  readonly users: readonly DemoUser[];
  /** Origins that signing in leads back to. */
  readonly returnTo: readonly string[];
  /** E-mail of an attempt with a wrong password. */
  readonly refused?: string | undefined;
}

/** Forms post to the address the page itself has. */
export function signInPage({ users, returnTo, refused }: SignInPage): Page {
  const groups = [...new Set(users.map(({ group }) => group))];
  return page(
    'Sign in',
    html`<main class="narrow">
      <h1>Sign in</h1>
      <p class="muted">This machine plays the sign-in service. Choose who to be: one click signs in.</p>
      ${groups.map((group) => userGroup(group, users))}
      <h2>With a password</h2>
      <form method="post" class="card fields">
        ${refused === undefined ? html`` : html`<strong class="bad" role="alert">That password is not right.</strong>`}
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
        Everybody has this password, any other e-mail too: make it a member with
        <code>npm run operator -- members add --local</code>.
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
