// Asks the device for a passkey and sends its answer with the form. See templates/components/passkey.html.
(() => {
  "use strict";

  const ask = async (form) => {
    const options = JSON.parse(form.dataset.options);
    const answer = await window.webauthnJSON[form.dataset.passkey](options);
    form.elements[form.dataset.field].value = JSON.stringify(answer);
    form.submit();
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("[data-passkey-button]");
    const refused = form.querySelector("[data-passkey-refused]");
    if (!window.PublicKeyCredential || !window.webauthnJSON) {
      continue;
    }
    form.querySelector("[data-passkey-without]").hidden = true;
    button.hidden = false;
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      button.disabled = true;
      refused.hidden = true;
      try {
        await ask(form);
      } catch {
        refused.hidden = false;
        button.disabled = false;
      }
    });
  }
})();
