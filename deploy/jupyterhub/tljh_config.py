"""framingkit on The Littlest JupyterHub: docs/jupyterhub.md says where this file goes.

All learners hand in into one folder, into which they can put files but not look. A file in it
belongs to its learner and can be read by the group of instructors.
"""

c = get_config()  # noqa: F821
c.Spawner.cmd = ["/opt/tljh/user/bin/python3", "/opt/tljh/framingkit/open_course.py"]
c.Spawner.default_url = "/framingkit"
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
c.Spawner.environment = {
    "FRAMINGKIT_SHARED_FOLDER": "/srv/framingkit/shared",
    "FRAMINGKIT_HAND_IN_FOLDER": "/srv/framingkit/handed-in",
}
