// The key that is typed in stays in this page: it is neither stored nor put into an address.
window.SwaggerUIBundle({
  url: new URL('../v1/openapi.json', document.currentScript.src).href,
  dom_id: '#reference',
  deepLinking: true,
  persistAuthorization: false,
  displayRequestDuration: true,
  validatorUrl: null,
});
