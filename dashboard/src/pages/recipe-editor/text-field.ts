const textTypes = ['text', 'search', 'url', 'email', 'number', 'tel', 'password'];

/** Whether something takes typed text, so that keys mean letters there. A checkbox is an input too, and does not. */
export function isTextField(target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement {
  return (
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && textTypes.includes(target.type))
  );
}
