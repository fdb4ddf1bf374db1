/** Makes elements in the built sidebar; the build imports it wherever there is JSX. */
export { createElement as h, Fragment } from "preact";
