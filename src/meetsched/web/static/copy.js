// Buttons that copy an address; where scripts do not run they stay hidden, and the field can be copied by hand.
(function () {
  function copy(button) {
    var field = document.getElementById(button.dataset.copy);
    var said = document.getElementById(field.id.replace(/-\d+$/, "-said"));
    field.select();
    navigator.clipboard.writeText(field.value).then(
      function () { said.textContent = "Copied: " + field.labels[0].textContent + "."; },
      function () { said.textContent = "It could not be copied; it is selected now, so that you can do it."; }
    );
  }
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", function () { copy(button); });
  });
})();
