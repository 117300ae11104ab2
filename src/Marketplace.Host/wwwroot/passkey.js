// A form with data-passkey asks a passkey before it is sent: the server says what is asked, the browser fills in the hidden field "credential".
// Whatever goes wrong, the form is sent all the same, and its page says what to do.
(() => {
  const ask = async form => {
    const purpose = form.dataset.passkey;
    const answer = await fetch(`/account/passkey/${purpose}`, {
      method: 'POST',
      headers: { RequestVerificationToken: form.elements.__RequestVerificationToken.value },
    });
    if (!answer.ok) {
      throw new Error(`status ${answer.status}`);
    }
    const options = await answer.json();
    return purpose === 'new'
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  };
  document.addEventListener('submit', event => {
    const form = event.target;
    if (!form.dataset.passkey || form.elements.credential.value !== '') {
      return;
    }
    event.preventDefault();
    ask(form).then(credential => JSON.stringify(credential), () => 'none').then(text => {
      form.elements.credential.value = text;
      form.submit();
    });
  });
})();
