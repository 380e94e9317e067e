// Starts the GOV.UK components of the page; every page works without it.
const version = new URL(import.meta.url).search;
const { initAll } = await import(`../govuk/govuk-frontend.min.js${version}`);
initAll();
