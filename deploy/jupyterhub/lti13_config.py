"""Log in from a learning platform by LTI 1.3.

Load it after a configuration whose spawner needs no accounts of the system, or makes them, as Zero
to JupyterHub and The Littlest JupyterHub do.

The platform shows these addresses and the id when the tool is registered there. What it asks for:
the login address is HUB/hub/lti13/oauth_login, the redirect address HUB/hub/lti13/oauth_callback,
and HUB/hub/lti13/config gives the rest to platforms that read it by themselves.
"""

import os

PLATFORM = os.environ.get("FRAMINGKIT_LMS", "https://lms.example.org")

c = get_config()  # noqa: F821
c.JupyterHub.authenticator_class = "ltiauthenticator.lti13.auth.LTI13Authenticator"
c.Authenticator.allow_all = True  # whoever comes from a course of the platform
c.LTI13Authenticator.issuer = PLATFORM
# these two are Moodle's; another platform shows its own
c.LTI13Authenticator.authorize_url = f"{PLATFORM}/mod/lti/auth.php"
c.LTI13Authenticator.jwks_endpoint = f"{PLATFORM}/mod/lti/certs.php"
c.LTI13Authenticator.client_id = {os.environ.get("FRAMINGKIT_LTI_CLIENT", "")}
c.LTI13Authenticator.username_key = "sub"  # an id that says nothing; "email" would be a name
c.LTI13Authenticator.uri_scheme = "https"
c.LTI13Authenticator.tool_name = "framingkit"
